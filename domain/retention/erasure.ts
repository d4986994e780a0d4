/** What an erased person is called from then on. */
export const erasedName = "Erased person";
