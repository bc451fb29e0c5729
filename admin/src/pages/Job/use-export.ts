import { useCallback, useState } from 'react';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { ItemView, JobView, ListItemsResponse } from '../../../../server/src/contracts';
import { useErrorText } from '../../components/errors';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';
import { itemsCsv } from './items-csv';

const PAGE_SIZE = 100;
/** Spreadsheets read the file as UTF-8 only with this mark before it. */
const BYTE_ORDER_MARK = '\uFEFF';

function download(name: string, content: string): void {
  const address = URL.createObjectURL(
    new Blob([BYTE_ORDER_MARK, content], { type: 'text/csv;charset=utf-8' })
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Downloads all items of a job as a CSV file, read page by page. */
export function useExport(job: JobView): { exportItems: () => void; isExporting: boolean } {
  const { get } = useFetchClient();
  const { toggleNotification } = useNotification();
  const text = useText();
  const errorText = useErrorText();
  const reasonText = useReasonText();
  const [isExporting, setExporting] = useState(false);

  const exportItems = useCallback(async () => {
    setExporting(true);
    try {
      const items: ItemView[] = [];
      let pageCount = 1;
      for (let page = 1; page <= pageCount; page += 1) {
        const { data } = await get<ListItemsResponse>(`/ai-jobs/jobs/${encodeURIComponent(job.id)}/items`, {
          params: { page, pageSize: PAGE_SIZE },
        });
        items.push(...data.data);
        pageCount = data.meta.pagination.pageCount;
      }
      download(`${job.id}.csv`, itemsCsv(items, text, reasonText));
    } catch (error) {
      toggleNotification({ type: 'danger', message: text('export.failed', { reason: errorText(error) }) });
    } finally {
      setExporting(false);
    }
  }, [errorText, get, job.id, reasonText, text, toggleNotification]);

  return { exportItems: () => void exportItems(), isExporting };
}
