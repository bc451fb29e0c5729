import type { ResolvedConfig } from '../config';
import { DEFAULT_BACKOFF_SECONDS } from '../domain/retry';
import type { JobType, RunLimits } from '../job-types/job-type';
import type { SettingsService } from './settings';

const FALLBACK: RunLimits = {
  concurrency: 20,
  attempts: 4,
  timeoutSeconds: 120,
  backoffSeconds: DEFAULT_BACKOFF_SECONDS,
};

/** The limits of a job type: the Settings page over the configuration over the type's own over what is usual. */
export function createRunLimits(
  config: ResolvedConfig,
  settings: SettingsService
): (type: JobType) => RunLimits {
  return (type) => {
    const configured = config.jobTypes[type.name] ?? {};
    const stored = settings.current().limits;
    return {
      concurrency:
        stored.concurrency ?? configured.concurrency ?? type.limits?.concurrency ?? FALLBACK.concurrency,
      attempts: stored.attempts ?? configured.attempts ?? type.limits?.attempts ?? FALLBACK.attempts,
      timeoutSeconds:
        stored.timeoutSeconds ??
        configured.timeoutSeconds ??
        type.limits?.timeoutSeconds ??
        FALLBACK.timeoutSeconds,
      backoffSeconds:
        stored.backoffSeconds ??
        configured.backoffSeconds ??
        type.limits?.backoffSeconds ??
        FALLBACK.backoffSeconds,
    };
  };
}
