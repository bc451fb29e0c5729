import { useEffect, useRef, useState } from 'react';
import { useRefreshEntryMutation, type EntryAddress } from '../api/entries';

interface FormReload {
  /** True where AI wrote while the form held unsaved changes, so that it was not read again by itself. */
  stale: boolean;
  /** Reads the entry again; unsaved changes are lost. */
  reload: () => void;
}

/**
 * Lets the edit view's form show the new values when what AI does to the entry has come to its end, and once when the
 * form is opened, since it may have been written meanwhile. Never over unsaved changes.
 */
export function useFormReload(entry: EntryAddress, active: boolean, modified: boolean): FormReload {
  const [refreshEntry] = useRefreshEntryMutation();
  const [endedWhileModified, setEndedWhileModified] = useState(false);
  const before = useRef<{ active: boolean } | null>(null);
  const { contentType, documentId, locale } = entry;

  useEffect(() => {
    const opened = before.current === null;
    const ended = before.current?.active === true && !active;
    before.current = { active };
    if (!opened && !ended) return;
    if (!modified) void refreshEntry({ contentType, documentId, locale });
    else if (ended) setEndedWhileModified(true);
  }, [active, modified, refreshEntry, contentType, documentId, locale]);

  return {
    stale: endedWhileModified && modified,
    reload: () => {
      setEndedWhileModified(false);
      void refreshEntry({ contentType, documentId, locale });
    },
  };
}
