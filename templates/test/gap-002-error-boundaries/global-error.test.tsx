import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import GlobalError from '../../gap-002-error-boundaries/frontend/app/global-error.tsx';

type Failure = Error & { digest?: string };

const SECRET = 'token sk-live-123 was refused';
const reset = vi.fn();
const reload = vi.fn();
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('location', { reload });
  reset.mockReset();
  reload.mockReset();
});
afterEach(() => {
  act(() => root?.unmount());
  vi.unstubAllGlobals();
});

describe('app/global-error.tsx', () => {
  /** As Next.js does: the document itself is what React renders into. */
  function show(error: Failure = new Error(SECRET)) {
    document.documentElement?.remove();
    root = createRoot(document);
    act(() => root.render(createElement(GlobalError, { error, reset })));
  }

  function button() {
    const found = document.querySelector('button');
    if (!found) throw new Error('no button');
    return found;
  }

  test('is a whole document with a language, a title and a body', () => {
    const html = renderToStaticMarkup(createElement(GlobalError, { error: new Error(SECRET), reset }));
    expect(html).toMatch(/^<html lang="en"><head><title>Something went wrong<\/title><\/head><body /);
  });

  test('needs no style sheet', () => {
    show();
    expect(document.querySelectorAll('[class]')).toHaveLength(0);
    expect(document.body.style.backgroundColor).toBe('rgb(10, 10, 10)');
    expect(document.body.style.color).toBe('rgb(237, 237, 237)');
    expect(button().style.backgroundColor).toBe('rgb(245, 158, 11)');
    expect(document.querySelector('a')?.style.color).toBe('rgb(255, 255, 255)');
  });

  test('needs no router', () => {
    show();
    expect(document.querySelector('a')?.getAttribute('href')).toBe('/');
  });

  test('moves the focus to its heading, which the advice describes, and says nothing twice', () => {
    show();
    const heading = document.querySelector('main h1');
    expect(heading?.textContent).toBe('Something went wrong');
    expect(document.activeElement).toBe(heading);
    const advice = document.getElementById(heading?.getAttribute('aria-describedby') ?? '');
    expect(advice?.textContent).toContain('An unexpected error occurred.');
    expect(heading?.closest('[role="alert"], [aria-live]')).toBeNull();
  });

  test('resets after an error of the browser', () => {
    show();
    act(() => button().click());
    expect(reset).toHaveBeenCalledTimes(1);
    expect(reload).not.toHaveBeenCalled();
  });

  test('asks the server anew after an error of the server', () => {
    show(Object.assign(new Error(SECRET), { digest: '99' }));
    act(() => button().click());
    expect(reload).toHaveBeenCalledTimes(1);
    expect(reset).not.toHaveBeenCalled();
  });

  test('shows the digest as a reference and keeps the message to itself', () => {
    show(Object.assign(new Error(SECRET), { digest: '2187334905' }));
    expect(document.querySelector('code')?.parentElement?.textContent).toBe('Reference: 2187334905');
    expect(document.documentElement.outerHTML).not.toContain('sk-live');
    expect(document.body.textContent).not.toMatch(/notified|our team/i);
  });

  test('shows no empty reference, and a button that submits nothing', () => {
    show();
    expect(document.body.textContent).not.toContain('Reference');
    expect(button().type).toBe('button');
  });
});
