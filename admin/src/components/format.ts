import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useText } from './text';

const DASH = '–';
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Format {
  number: (value: number) => string;
  /** Dollars, with enough digits that a fraction of a cent still shows; a dash where nobody reported a cost. */
  cost: (usd: number | null) => string;
  tokens: (count: number | null) => string;
  /** A measured time: `1.2 s`, `3 min`. */
  duration: (milliseconds: number | null) => string;
  /** A time still to wait, rounded up: `2 min left`. */
  timeLeft: (seconds: number) => string;
  /** `just now`, `5 minutes ago`, `yesterday`. */
  relativeTime: (iso: string) => string;
  dateTime: (iso: string) => string;
  /** A time that a person has set: to the minute. */
  startTime: (iso: string) => string;
  /** A language's name in the reader's language. */
  language: (locale: string) => string;
}

/** Numbers with their units, in the reader's language. */
export function useFormat(): Format {
  const intl = useIntl();
  const text = useText();
  return useMemo(() => {
    const number = (value: number) => intl.formatNumber(value, { maximumFractionDigits: 1 });
    const span = (seconds: number) => {
      if (seconds < MINUTE) return text('time.seconds', { count: number(seconds) });
      if (seconds < HOUR) return text('time.minutes', { count: number(Math.round(seconds / MINUTE)) });
      return text('time.hours', { count: number(seconds / HOUR) });
    };
    return {
      number,
      cost: (usd) =>
        usd === null
          ? DASH
          : intl.formatNumber(usd, {
              style: 'currency',
              currency: 'USD',
              currencyDisplay: 'narrowSymbol',
              minimumFractionDigits: 2,
              maximumFractionDigits: usd < 0.1 ? 4 : 2,
            }),
      tokens: (count) => (count === null ? DASH : text('unit.tokens', { count })),
      duration: (milliseconds) =>
        milliseconds === null
          ? DASH
          : milliseconds < 1000
            ? text('time.milliseconds', { count: number(Math.round(milliseconds)) })
            : span(milliseconds / 1000),
      timeLeft: (seconds) =>
        text('time.left', {
          time: span(seconds < MINUTE ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds)),
        }),
      relativeTime: (iso) => {
        const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
        const distance = Math.abs(seconds);
        if (distance < 45) return text('time.justNow');
        if (distance < HOUR) return intl.formatRelativeTime(Math.round(seconds / MINUTE), 'minute');
        if (distance < DAY) return intl.formatRelativeTime(Math.round(seconds / HOUR), 'hour');
        return intl.formatRelativeTime(Math.round(seconds / DAY), 'day', { numeric: 'auto' });
      },
      dateTime: (iso) => intl.formatDate(iso, { dateStyle: 'medium', timeStyle: 'medium' }),
      startTime: (iso) => intl.formatDate(iso, { dateStyle: 'medium', timeStyle: 'short' }),
      language: (locale) => intl.formatDisplayName(locale, { type: 'language', fallback: 'code' }) ?? locale,
    };
  }, [intl, text]);
}
