/** The options that every command understands, as commander hands them over. */
export interface Globals {
  /** Root of the target; found upward from the current folder when absent. */
  readonly repo?: string;
  /** A configuration file; found at the root when absent. */
  readonly config?: string;
  /** Folders of the Next.js apps to look at; all that ship when absent. */
  readonly app?: readonly string[];
  /** The Compose files that are deployed; found out when absent. */
  readonly compose?: readonly string[];
  /** `text`, `json=report.json`, …; repeated. */
  readonly reporter?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Nothing is folded. */
  readonly full?: boolean;
  /** False with --no-color; true when nothing was said. */
  readonly color: boolean;
}

/** Which gaps a command works on. */
export interface Selection {
  /** Plain words: ids of gaps, their numbers or slugs, priorities, and lists of them with commas. */
  readonly named?: readonly string[];
  readonly gap?: readonly string[];
  readonly priority?: readonly string[];
  readonly all?: boolean;
  readonly withRequirements?: boolean;
}

/** Options of gaps: `--option <gap>.name=value`, repeated. */
export interface OptionFlags {
  readonly option?: readonly string[];
}
