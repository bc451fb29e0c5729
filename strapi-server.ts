export { default } from './server/src';
export * from './server/src';
