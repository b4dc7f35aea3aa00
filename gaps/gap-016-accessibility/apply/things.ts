/** What people say for the things that code names; a word that is not here is left out: "Delete", not "Delete obj". */
export const THINGS: Readonly<Record<string, string>> = Object.fromEntries(
  `account address agent album answer api-key app article attachment avatar banner block board booking bookmark branch
  bucket campaign card category channel chapter chart chat client collection column comment company condition contact
  conversation coupon course credential customer dashboard date day deck device document domain email employee entry
  event expense experience export field file filter folder form friend goal group habit history image input integration
  invite invoice item job key label language lesson link list location map match meeting member message milestone month
  movie note notification option order organization page parameter password payment phase photo picture plan playlist
  player podcast post preset preview product profile project prompt quantity query question quiz recipe record reminder
  report response review role room row rule schedule search secret section segment selection server service session
  shift skill slide snippet snapshot song source space stage step stop store story student subtask tab table tag task
  team template term text thread ticket time todo token tool topic track transaction trip upload url user value variable
  variant vehicle version video view wallet webhook website week widget word workflow workout workspace`
    .split(/\s+/)
    .map((word) => [word, word.replace('-', ' ').replace(/^(?:api|url)\b/, (each) => each.toUpperCase())]),
);
/** Short forms. */
export const SHORT: Readonly<Record<string, string>> = {
  img: 'image',
  pic: 'picture',
  msg: 'message',
  doc: 'document',
  qty: 'quantity',
  convo: 'conversation',
  notif: 'notification',
  cat: 'category',
};
