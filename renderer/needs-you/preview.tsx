import { FileX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { CallResult } from '../../shared/ipc.ts'
import { useCall } from '../data/radpost.ts'
import { DocumentText } from '../document/document-text.tsx'
import { PdfPages } from '../document/pdf-pages.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'

/** The document as pages and as the text that Radpost has read: what it decides on is what the person sees. */
export function Preview({ detail }: { readonly detail: CallResult<'held.detail'> }): ReactNode {
  const { preview, text, item } = detail
  if (preview === 'none') {
    return (
      <section className="preview" aria-label={words.needsYou.document}>
        <Empty icon={FileX} title={words.needsYou.noPreview} />
      </section>
    )
  }
  if (preview === 'text') {
    return (
      <section className="preview" aria-label={words.needsYou.document}>
        <DocumentText label={words.needsYou.text} text={text === '' ? words.needsYou.noText : text} />
      </section>
    )
  }
  return (
    <section className="preview" aria-label={words.needsYou.document}>
      <Tabs className="tabs">
        <TabList className="tab-list" aria-label={words.needsYou.document}>
          <Tab id="pages" className="tab">
            {words.needsYou.pages}
          </Tab>
          <Tab id="text" className="tab">
            {words.needsYou.text}
          </Tab>
        </TabList>
        <TabPanel id="pages" className="tab-panel">
          <Pages id={item.id} />
        </TabPanel>
        <TabPanel id="text" className="tab-panel">
          <DocumentText label={words.needsYou.text} text={text === '' ? words.needsYou.noText : text} />
        </TabPanel>
      </Tabs>
    </section>
  )
}

function Pages({ id }: { readonly id: string }): ReactNode {
  const file = useCall('held.document', { id })
  if (file.isError) return <LoadFailed error={file.error} onRetry={() => void file.refetch()} />
  if (file.data === undefined) return <Loading />
  return <PdfPages bytes={file.data.bytes} />
}
