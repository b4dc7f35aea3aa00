import { Children, isValidElement, type ReactElement, type SelectHTMLAttributes } from 'react';

/** A list of choices that shows what is stored: nothing, one of the choices, or a value that is not among them. */
export default function ProfileSelect({ children, ...attributes }: SelectHTMLAttributes<HTMLSelectElement>) {
  const { value } = attributes;
  const isListed = Children.toArray(children).some((child) => isValidElement(child) && valueOf(child) === value);
  return (
    <select {...attributes}>
      <option value="">Not set</option>
      {value && !isListed ? <option>{value}</option> : null}
      {children}
    </select>
  );
}

/** An option without a value has its text as one. */
function valueOf({ props }: ReactElement): unknown {
  return props.value ?? props.children;
}
