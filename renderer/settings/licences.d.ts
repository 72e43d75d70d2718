/** The packages that come with the window and the main process (renderer/vite.config.ts). */
declare module 'virtual:licences' {
  export type Licence = { readonly name: string; readonly version: string; readonly licence: string }
  const licences: readonly Licence[]
  export default licences
}
