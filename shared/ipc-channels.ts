/**
 * One channel for all calls, one for all events: the schema in ipc.ts, not the channel name, tells them apart. Apart from
 * it so that the preload, which only passes things on, does not carry the schemas.
 */
export const CALL_CHANNEL = 'radpost:call'
export const EVENT_CHANNEL = 'radpost:event'
