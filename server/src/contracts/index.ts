export * from './statuses';
export * from './reason';
export * from './job';
export * from './prompt';
export * from './content-type';
export * from './provider';
export * from './settings';
export * from './queue';
