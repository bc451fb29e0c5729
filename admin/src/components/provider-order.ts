import type { ProviderView } from '../../../server/src/contracts';

/**
 * How near a provider is to writing: 3 set up with a model, 2 set up, 1 ready without anybody's doing (a server that needs
 * no key is so on its usual address, whether or not it runs), 0 not ready.
 */
function readiness({ ready, keySource, baseUrlSource, defaultModel }: ProviderView): number {
  if (!ready) return 0;
  if (defaultModel !== null) return 3;
  return keySource !== 'none' || baseUrlSource !== 'default' ? 2 : 1;
}

/** Providers in the order in which people look for them: what somebody has set up comes first. */
export function bySetUp(providers: ProviderView[]): ProviderView[] {
  return [...providers].sort((one, other) => readiness(other) - readiness(one));
}
