export { ConfigurationError } from './configuration-error.ts'
export { checkedSettings } from './checked-settings.ts'
export { type Settings, type SettingsFile, readSettingsFile } from './read-settings-file.ts'
export { writeSettingsFile } from './write-settings-file.ts'
