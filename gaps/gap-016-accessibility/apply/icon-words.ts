/** The words of icons that mean the same, whatever library draws them. */
export const X = /^(?:x|x mark|close|times|xmark|cross|cancel|clear|dismiss)$/;
export const TRASH = /^(?:trash|trash can|delete|delete forever|bin|remove)$/;
export const PLUS = /^(?:plus|add)$/;
export const MINUS = /^(?:minus|remove|subtract|dash)$/;
export const BACK =
  /^(?:arrow|chevron|caret|angle) left$|^arrow back(?: ios| ios new)?$|^(?:chevron|angles|chevrons) left$/;
export const NEXT = /^(?:arrow|chevron|caret|angle) right$|^arrow forward(?: ios)?$/;
export const MENU = /^(?:menu|bars|hamburger|hamburger menu|align justify|bars3|list)$/;
export const SEARCH = /^(?:search|magnifying glass|magnify)$/;
export const SEND = /^(?:send|send horizontal|send horizonal|paper plane|paper airplane|plane|arrow up)$/;
export const COPY = /^(?:copy|clipboard|files|content copy|clipboard copy|document duplicate)$/;
export const PENCIL =
  /^(?:pencil|pencil line|pen|pen line|edit|edit note|pen to|pencil alt|create|mode edit)$/;
export const TURN =
  /^(?:refresh|refresh cw|refresh ccw|rotate|rotate cw|rotate ccw|rotate left|rotate right|reload|sync|arrow path|arrows rotate|repeat|undo)$/;
export const MIC = /^(?:mic|microphone|mic none|keyboard voice)$/;
export const CLIP = /^(?:paperclip|paper clip|attach|attach file|attachment)$/;
export const UPLOAD =
  /^(?:upload|cloud upload|upload cloud|cloud arrow up|file upload|arrow up tray|image up)$/;
export const EYE = /^(?:eye|visibility|view)$/;
export const CHECK = /^(?:check|tick|done)$/;
export const DOTS =
  /^(?:more|more horizontal|more vertical|more horiz|more vert|ellipsis|ellipsis horizontal|ellipsis vertical|dots|dots horizontal|dots vertical|three dots|three dots vertical|kebab|options)$/;
export const SQUARE = /^(?:stop|square|circle stop|pause)$/;
export const GEAR = /^(?:settings|cog|gear|cog6 tooth|settings2|sliders)$/;
export const USER = /^(?:user|person|account|profile)$/;
export const SOUND = /^(?:speaker|volume|volume up|speaker wave|volume high)$/;
