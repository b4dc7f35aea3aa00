import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, test } from 'vitest';
import * as tailwind from '../../gap-014-loading-states/frontend/components/LoadingOutline.tsx';
import * as plain from '../../gap-014-loading-states/frontend/components/plain/LoadingOutline.tsx';

afterEach(cleanup);

describe.each([
  ['Tailwind CSS', tailwind],
  ['style sheets', plain],
])('the outline with %s', (_, parts) => {
  const { LoadingOutline, HeadingOutline, CardsOutline, RowsOutline, FormOutline, ChatOutline, PanelOutline } = parts;
  const page = (
    <LoadingOutline>
      <HeadingOutline />
      <CardsOutline count={3} className="grid" />
      <RowsOutline count={2} />
      <FormOutline fields={2} />
      <ChatOutline />
      <PanelOutline />
    </LoadingOutline>
  );

  test('is one status that says one word, and nothing that takes the focus', () => {
    const { container } = render(page);
    expect(screen.getByRole('status')).toHaveTextContent(/^Loading…$/);
    expect(container.querySelectorAll('a, button, input, [tabindex]')).toHaveLength(0);
  });

  test('shows as many cards as it is told', () => {
    const cards = (count: number) => render(<CardsOutline count={count} className="grid" />).container.firstElementChild;
    expect(cards(5)?.children).toHaveLength(5);
  });

  test('is drawn on the server', () => {
    expect(renderToString(page)).toContain('role="status"');
  });
});
