import type { ProviderView } from '../../../server/src/contracts';

/** Whether work given to it now is likely to be done: it has what it needs, and nobody has found its address silent. */
export function canWork({ ready, answers }: ProviderView): boolean {
  return ready && answers !== false;
}

/** How near a provider is to writing: 4 set up with a model, 3 set up, 2 found running, 1 silent, 0 not ready. */
function readiness(provider: ProviderView): number {
  const { ready, keySource, baseUrlSource, defaultModel } = provider;
  if (!ready) return 0;
  if (!canWork(provider)) return 1;
  if (defaultModel !== null) return 4;
  return keySource !== 'none' || baseUrlSource !== 'default' ? 3 : 2;
}

/** Providers in the order in which people look for them: what somebody has set up comes first. */
export function bySetUp(providers: ProviderView[]): ProviderView[] {
  return [...providers].sort((one, other) => readiness(other) - readiness(one));
}
