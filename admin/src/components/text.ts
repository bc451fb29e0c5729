import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import { PLUGIN_ID } from '../plugin-id';

/** The key of one of the plugin's texts among all of the admin panel's: `ai-jobs.<id>`. */
export const getTranslation = (id: string): string => `${PLUGIN_ID}.${id}`;

/** Puts one of the plugin's texts into words; `values` fill its `{placeholders}` and plurals. */
export type Text = (id: string, values?: Record<string, PrimitiveType>) => string;

/** The plugin's texts in the reader's language; `id` is a key of `translations/en.json`. */
export function useText(): Text {
  const { formatMessage } = useIntl();
  return useCallback<Text>(
    (id, values) => formatMessage({ id: getTranslation(id), defaultMessage: id }, values),
    [formatMessage]
  );
}

/**
 * For names that the server makes, such as a job type added by another plugin: the text with this id if there is
 * one, else `fallback` as it is.
 */
export function useTextOr(): (id: string, fallback: string) => string {
  const { messages, formatMessage } = useIntl();
  return useCallback(
    (id, fallback) => (getTranslation(id) in messages ? formatMessage({ id: getTranslation(id) }) : fallback),
    [messages, formatMessage]
  );
}
