/** The version of the package, as files and the command tell it. */
export const VERSION = '0.1.0';
