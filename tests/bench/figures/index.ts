import type { Figure } from '../figure';
import { control } from './control';
import { fairness } from './fairness';
import { footprint } from './footprint';
import { neighbours } from './neighbours';
import { pages } from './pages';
import { peers } from './peers';
import { pipeline } from './pipeline';
import { scale } from './scale';
import { start } from './start';
import { workers } from './workers';

/** Everything that is measured, in the order of the table. */
export const FIGURES: Figure[] = [
  pipeline,
  scale,
  start,
  control,
  fairness,
  pages,
  neighbours,
  workers,
  footprint,
  peers,
];
