/** A word as a POSIX shell takes it whole: as it is where no letter means anything to the shell, else in quotes. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
