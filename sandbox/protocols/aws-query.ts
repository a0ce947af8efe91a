import { AwsError, type Protocol } from './protocol.ts';
import { readForm } from './query-string.ts';
import { textElement, toXml, type XmlNames } from './xml.ts';

/**
 * The query protocol of RDS, Redshift and STS: forms in, XML out, in a result wrapper.
 *
 * `items` has the element of a list's members where it is not `member`, by the name of the list; `maps` has the names
 * of the fields that are maps.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQuery(api: {
  version: string;
  namespace: string;
  items: Readonly<Record<string, string>>;
  maps: readonly string[];
}): Protocol {
  const names: XmlNames = {
    element: (field) => field,
    item: (field) => api.items[field] ?? 'member',
    isMap: (field) => api.maps.includes(field),
  };
  return {
    recognises: (request) => readForm(request).version === api.version,

    read(request) {
      const { action, version, fields } = readForm(request);
      if (action === '') throw new AwsError('MissingAction', 'The request must contain the parameter Action');
      if (version !== api.version) {
        throw new AwsError('InvalidAction', `Could not find operation ${action} for version ${version}`);
      }
      return { operation: action, input: fields };
    },

    answer: (operation, output, requestId) =>
      xml(
        200,
        `<${operation}Response xmlns="${api.namespace}"><${operation}Result>${toXml(output, names)}</${operation}Result><ResponseMetadata>${textElement('RequestId', requestId)}</ResponseMetadata></${operation}Response>`,
      ),

    refuse: (error, requestId) =>
      xml(
        error.status,
        `<ErrorResponse xmlns="${api.namespace}"><Error>${textElement('Type', error.status < 500 ? 'Sender' : 'Receiver')}${textElement('Code', error.code)}${textElement('Message', error.message)}</Error>${textElement('RequestId', requestId)}</ErrorResponse>`,
      ),

    errors: {
      denied: (message) => new AwsError('AccessDenied', message, 403),
      throttled: () => new AwsError('Throttling', 'Rate exceeded'),
      internal: () =>
        new AwsError(
          'InternalFailure',
          'The request processing has failed because of an unknown error, exception or failure.',
          500,
        ),
      expired: () =>
        new AwsError('ExpiredToken', 'The security token included in the request is expired', 403),
      unsigned: () =>
        new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
      unknownOperation: (operation) =>
        new AwsError('InvalidAction', `Could not find operation ${operation} for version ${api.version}`),
    },
  };
}

function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
