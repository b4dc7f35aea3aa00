/** The heading below which a record says what was decided. */
export const DECISION =
  /^(?:\d[\d.]*\s*)?(?:the )?(?:decision|decision outcome|outcome|resolution|what (?:we|was) decided|chosen option)\b/i;

/** A decision in a sentence, in a record without headings. */
export const SAID =
  /\b(?:we|the team) (?:have )?(?:decided|chose|choose|will|use|adopt|go with|keep)\b|\b(?:was|is) (?:decided|chosen)\b|\bdecided (?:to|that|for)\b|\bchosen option\b|^[ \t]*\**decision\**[ \t]*:[ \t]*\S/im;

/** The heading of a section that holds several decisions, in a document about something else. */
export const DECISIONS =
  /^(?:\d[\d.]*\s*)?(?:(?:key|main|important|core) )?(?:(?:architect\w+|design|technical|technology) )decisions?\b/i;

/** The headings beside that of the decision by which a record is known. */
export const CONTEXT =
  /^(?:context|status|consequences|considered options|alternatives|options considered)\b/i;

/** Words that give a reason. */
export const REASONS =
  /\b(?:why|because|since|so that|instead of|rather than|chose|decided|prefer\w*|trade-?offs?)\b/gi;

/** Code, about whose architecture somebody decided. */
export const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php|cs|kt|swift)$/;
