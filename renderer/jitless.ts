import { z } from 'zod'

// zod compiles parsers with `new Function` unless told otherwise, which the content security policy refuses. This
// script stands before the window's own in index.html, so that no schema is used earlier (electron-practice 9).
z.config({ jitless: true })
