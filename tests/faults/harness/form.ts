/** The long form: every combination, and faults that last as long as real ones. */
export const LONG = process.env.FAULTS_LONG === 'true';
