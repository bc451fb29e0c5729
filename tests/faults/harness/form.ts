/**
 * How much is tried. `once`: each case once, as a part of `npm test`; `main`: each case on both main combinations; `long`: all
 * combinations, and faults that last as long as real ones.
 */
export type Form = 'once' | 'main' | 'long';

const given = process.env.FAULTS_FORM;
export const FORM: Form = given === 'once' || given === 'long' ? given : 'main';
export const LONG = FORM === 'long';
