import { DEMO_MODEL, startDemoModel } from '../model/server.mjs';

const OLLAMA = 'http://127.0.0.1:11434';
const OLLAMA_WAIT_MS = 800;

/** The first model of an Ollama on its default port that can write; null: there is no Ollama, or it has none. */
async function findOllamaModel() {
  try {
    const response = await fetch(`${OLLAMA}/api/tags`, { signal: AbortSignal.timeout(OLLAMA_WAIT_MS) });
    const { models = [] } = await response.json();
    return models.map(({ name }) => name).find((name) => !/embed|bge-|minilm/i.test(name)) ?? null;
  } catch {
    return null;
  }
}

/**
 * Chooses the AI: OpenAI if there is a key, else an Ollama that answers, else (or with `demoModel`) the demo's own stand-in, which
 * is started. Resolves to the provider's name, the model (null: whichever the provider offers), what the bookshop's
 * environment needs for it, and a function that ends what was started.
 */
export async function chooseAi({ demoModel = false } = {}) {
  if (!demoModel && process.env.OPENAI_API_KEY) {
    return { provider: 'openai', model: null, environment: {}, close: async () => {} };
  }
  const ollamaModel = demoModel ? null : await findOllamaModel();
  if (ollamaModel) {
    return {
      provider: 'ollama',
      model: ollamaModel,
      environment: { OLLAMA_BASE_URL: `${OLLAMA}/v1` },
      close: async () => {},
    };
  }
  const { baseUrl, close } = await startDemoModel();
  return {
    provider: 'openai-compatible',
    model: DEMO_MODEL,
    environment: { OPENAI_COMPATIBLE_BASE_URL: baseUrl, BOOKSHOP_DEMO_MODEL: 'true' },
    close,
  };
}
