import { useFormat } from './format';

/** A moment as people say it, with the exact time on hover; a dash for none. */
export function RelativeTime({ at }: { at: string | null }) {
  const format = useFormat();
  if (at === null) return <>–</>;
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.relativeTime(at)}
    </time>
  );
}
