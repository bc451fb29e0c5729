export const DEMO_MODEL: string;
export const DEMO_MODEL_LABEL: string;

export function startDemoModel(options?: {
  port?: number;
  latencyMs?: number;
}): Promise<{ baseUrl: string; close: () => Promise<void> }>;
