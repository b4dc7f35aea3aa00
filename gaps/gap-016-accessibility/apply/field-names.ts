/** How a placeholder begins that tells what to do: it names the field for people who see it. */
export const OPENINGS =
  /^(?:search|filter|find|type|enter|describe|ask|message|write|paste|speak|say|tell|add|reply|comment|select|choose|pick|what|how|your|give|share|send|leave|start typing|talk|confirm|re-?enter|repeat|set|name|start|explain|provide|input|look up)\b/i;

/** What is an example, a number or a drawing, and no name. */
export const NO_NAME =
  /[@{}<>[\]]|:\/\/|www\.|\.com\b|\.io\b|\u2022|\*{2}|^[\d\s.,$\u20ac\u00a3%+():/-]+$|^(?:e\.?g|ex)\b|\bxxx|\d{3}|^\//i;

/** Words that forms use for what they ask; one of a name that is not here leaves it to a person. */
export const FIELD_WORDS: ReadonlySet<string> = new Set(
  `email e mail password confirm confirmation new old current first last full middle name names username user phone number
  mobile telephone city state zip postal code country region province street line company business industry job title
  role subject description bio about notes note details summary content body address amount price cost budget quantity
  count total min max minimum maximum from to start end date time day month year age gender height weight language
  currency timezone zone status type category priority level size color theme mode model voice speed volume url link
  website domain subdomain slug path key secret token api id tags keyword keywords filename file sort order by search
  query filter answer question message comment feedback reason rating location birth birthday seats duration deadline
  temperature frequency method provider your prompt text headline label instructions goal`.split(/\s+/),
);

/** What a field asks for by its type alone. */
export const TYPES: Readonly<Record<string, string>> = {
  email: 'Email address',
  password: 'Password',
  search: 'Search',
  tel: 'Phone number',
};
