import { createOpenAiCompatibleProvider } from './openai-compatible';
import {
  deepSeekPreset,
  geminiPreset,
  lmStudioPreset,
  ollamaPreset,
  openAiCompatiblePreset,
  openAiPreset,
  openRouterPreset,
  xaiPreset,
} from './presets';
import type { Provider } from './provider';

/** The providers of this server, by name, in the order they were registered. */
export interface ProviderRegistry {
  /** Throws at once where the name is taken or is not lower-case letters, digits and hyphens. */
  register(provider: Provider): void;
  get(name: string): Provider | undefined;
  list(): Provider[];
  names(): string[];
}

/** What the plugin brings along: one line each. */
const builtInProviders = (): Provider[] => [
  createOpenAiCompatibleProvider(openAiPreset),
  createOpenAiCompatibleProvider(openRouterPreset),
  createOpenAiCompatibleProvider(deepSeekPreset),
  createOpenAiCompatibleProvider(xaiPreset),
  createOpenAiCompatibleProvider(geminiPreset),
  createOpenAiCompatibleProvider(ollamaPreset),
  createOpenAiCompatibleProvider(lmStudioPreset),
  createOpenAiCompatibleProvider(openAiCompatiblePreset),
];

/** A registry that holds `providers`: those of the plugin, unless others are given. */
export function createProviderRegistry(providers: Provider[] = builtInProviders()): ProviderRegistry {
  const byName = new Map<string, Provider>();

  const register = (provider: Provider) => {
    if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(provider.name)) {
      throw new Error(
        `AI Jobs: the provider name "${provider.name}" is not usable. Take lower-case letters, digits and hyphens, like "my-provider".`
      );
    }
    if (byName.has(provider.name)) {
      throw new Error(
        `AI Jobs: there are two providers with the name "${provider.name}". Give the one you register another name.`
      );
    }
    byName.set(provider.name, provider);
  };
  providers.forEach(register);

  return {
    register,
    get: (name) => byName.get(name),
    list: () => [...byName.values()],
    names: () => [...byName.keys()],
  };
}
