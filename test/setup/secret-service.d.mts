/** What is missing here for a Secret Service; empty where one can be started. */
export function missingForSecretService(): string[]
export function startBus(options: {
  folder: string
  services?: Record<string, string>
}): Promise<{ address: string; stop: () => Promise<void> }>
export function startKeyring(options: {
  address: string
  home: string
  locked?: boolean
}): Promise<{ stop: () => Promise<void> }>
/** Environment variables for a home folder of its own. */
export function homeEnvironment(home: string): Record<string, string>
