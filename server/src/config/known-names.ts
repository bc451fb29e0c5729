import { nearest } from '../domain/nearest';
import { invalidConfig, type ResolvedConfig } from './index';

/**
 * Options for a provider or job type that does not exist would be ignored in silence. To be asked once all plugins have
 * registered theirs.
 * @throws naming each unknown name, with the nearest that exists
 */
export function insistOnKnownNames(
  config: Pick<ResolvedConfig, 'providers' | 'jobTypes'>,
  known: { providers: string[]; jobTypes: string[] }
): void {
  const problems = (['providers', 'jobTypes'] as const).flatMap((option) =>
    Object.keys(config[option])
      .filter((name) => !known[option].includes(name))
      .map((name) => {
        const near = nearest(name, known[option]);
        const kind = option === 'providers' ? 'provider' : 'job type';
        return `${option}.${name}: there is no ${kind} "${name}". ${
          near ? `Did you mean "${near}"?` : `There are: ${known[option].join(', ')}.`
        }`;
      })
  );
  if (problems.length === 0) return;
  throw new Error(invalidConfig(problems));
}
