import type { DeliveryItem } from '../../shared/ipc.ts'
import { words } from '../words.ts'

/** What the person knows a delivery by: the file as dropped; a comment was never a file. */
export function fileName(item: Pick<DeliveryItem, 'file' | 'kind'>): string {
  return item.kind === 'comment' || item.file === '' ? words.deliveries.commentLabel : item.file
}
