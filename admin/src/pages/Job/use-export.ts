import { useCallback, useState } from 'react';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { ItemResponse, ItemView, JobView, ListItemsResponse } from '../../../../server/src/contracts';
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

const isCut = ({ values }: ItemView): boolean => Object.values(values).some(({ cut }) => cut);

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
      const address = `/ai-jobs/jobs/${encodeURIComponent(job.id)}/items`;
      let pageCount = 1;
      for (let page = 1; page <= pageCount; page += 1) {
        const { data } = await get<ListItemsResponse>(address, {
          params: { page, pageSize: PAGE_SIZE, values: 'whole' },
        });
        for (const item of data.data) {
          // A page holds only so much; what was too long for it is asked for alone.
          items.push(isCut(item) ? (await get<ItemResponse>(`${address}/${item.id}`)).data.data : item);
        }
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
