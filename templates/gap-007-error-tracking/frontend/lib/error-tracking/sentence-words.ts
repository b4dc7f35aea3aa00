/** Words after a secret's name in sentences that contain no value: `SECRET is not set`, `token: expected …`. */
const SENTENCE_WORD = new RegExp(
  `^(?:${[
    'an?|the|this|that|its?|no|not|never|neither|too|only|just|still|already|now|so|than|as|at|by|for|from|in|of|on|to|with',
    'and|or|but|if|because|when|where|which|who|is|was|are|were|be|been|has|have|had|does|did|must|should|cannot|can|could',
    'may|might|will|would|we|you|they|set|unset|missing|empty|blank|null|undefined|valid|invalid|wrong|unknown|unavailable',
    'absent|present|short|shorter|long|longer|weak|old|older|stale|malformed|different|optional|mandatory',
    'value|string|number|object|user|account|token|session|password|key|secret|cookie|header|request|response|server',
    '[a-z]{2,14}(?:ed|ing)',
  ].join('|')})[.,:;!?]*$`,
);

/** Whether the lowercase word is part of a sentence about a secret. */
export function isSentenceWord(word: string): boolean {
  return SENTENCE_WORD.test(word);
}

/** Whether the value is neither prose nor the name of a constant. */
export function isOdd(value: string): boolean {
  return (
    value.length >= 6 && !/^(?:[A-Z]?[a-z]+|[A-Z_]+)(?:[-.'/](?:[A-Z]?[a-z]+|[A-Z_]+))*[.,:;!?)\]]*$/.test(value)
  );
}
