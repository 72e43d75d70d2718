/**
 * Text of the `.desktop` file that starts Radpost with a Linux session (Desktop Entry Specification, "Exec": arguments
 * in double quotes, with backslash before ", `, $ and backslash, and % doubled).
 */
export function autostartEntry(command: readonly string[]): string {
  const quoted = command.map(
    (argument) => `"${argument.replaceAll(/["`$\\]/gu, String.raw`\$&`).replaceAll('%', '%%')}"`,
  )
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Radpost',
    'Comment=Delivers radiology reports',
    // The file's own escape of backslashes comes on top of the quoting.
    `Exec=${quoted.join(' ').replaceAll('\\', '\\\\')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * One argument of a Windows command line, which Electron writes into the registry as it gets it. A file name holds no
 * quotation mark; a backslash before ours would take its meaning away (CommandLineToArgvW).
 */
export function quotedForWindows(argument: string): string {
  return /\s/u.test(argument) ? `"${argument.replace(/\\+$/u, '$&$&')}"` : argument
}
