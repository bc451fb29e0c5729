import type { Figure } from '../figure';
import { pipeline } from './pipeline';

/** Everything that is measured, in the order of the table. */
export const FIGURES: Figure[] = [pipeline];
