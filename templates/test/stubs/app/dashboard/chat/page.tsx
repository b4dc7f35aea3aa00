/** Stands for the target's own page. */
export default function ChatPage() {
  return null;
}
