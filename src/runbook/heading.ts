/** Between an id and its title: a colon, or a dash of any kind. */
export const GAP_HEADING = /^(GAP-\d{3})\b\s*(?:[:.\p{Pd}]\s*)?(\S.*)?$/u;
