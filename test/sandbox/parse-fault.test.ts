import { expect, test } from '@jest/globals';
import { parseFault } from '../../sandbox/faults.ts';

test('a fault can be written as a target, a kind and an argument', () => {
  expect(parseFault('rds:DescribeDBProxies=throttled')).toEqual({
    'rds:DescribeDBProxies': { kind: 'throttled' },
  });
  expect(parseFault('rds:DescribeDBProxies=throttled:2')).toEqual({
    'rds:DescribeDBProxies': { kind: 'throttled', times: 2 },
  });
  expect(parseFault('redshift-serverless:*=denied')).toEqual({ 'redshift-serverless:*': { kind: 'denied' } });
  expect(parseFault('ec2:DescribeVpcEndpoints=slow:250')).toEqual({
    'ec2:DescribeVpcEndpoints': { kind: 'slow', delayMs: 250 },
  });
  expect(parseFault('rds:DescribeDBProxies=second-page:1')).toEqual({
    'rds:DescribeDBProxies': { kind: 'second-page', firstPageItems: 1 },
  });
  expect(parseFault('rds:DescribeDBProxies=missing-field:Endpoint')).toEqual({
    'rds:DescribeDBProxies': { kind: 'missing-field', field: 'Endpoint' },
  });
  expect(parseFault('dns=servfail')).toEqual({ dns: { kind: 'servfail' } });
  expect(parseFault('dns=nxdomain:a.example.com')).toEqual({
    dns: { kind: 'nxdomain', name: 'a.example.com' },
  });
  expect(parseFault('dns=slow:1500')).toEqual({ dns: { kind: 'slow', delayMs: 1500 } });
});

test('a fault that cannot be read is explained, with what is allowed', () => {
  const complaint = (text: string): string => {
    try {
      return JSON.stringify(parseFault(text));
    } catch (error) {
      return String(error);
    }
  };

  expect(complaint('throttled')).toContain('TARGET=KIND[:ARGUMENT]');
  expect(complaint('s3:ListBuckets=denied')).toMatch(
    /dns or SERVICE:OPERATION.*ec2, cloudtrail, rds.*no 's3'/,
  );
  expect(complaint('rds=denied')).toMatch(/operations of rds are DescribeDBClusters, .*, \*/);
  expect(complaint('rds:DeleteDBProxy=denied')).toMatch(/DescribeDBProxies.*no 'DeleteDBProxy'/);
  expect(complaint('rds:DescribeDBProxies=missing-field')).toMatch(/missing-field:Endpoint, not ''/);
  expect(complaint('rds:DescribeDBProxies=broken')).toMatch(/denied, empty, .*throttled.*no 'broken'/);
  expect(complaint('rds:DescribeDBProxies=slow')).toContain('slow:500');
  expect(complaint('rds:DescribeDBProxies=throttled:often')).toContain("not 'often'");
  expect(complaint('rds:DescribeDBProxies=denied:2')).toContain('denied takes no argument');
  expect(complaint('rds:DescribeDBProxies=not-json-event')).toContain('only cloudtrail:LookupEvents');
  expect(complaint('dns=denied')).toMatch(/nxdomain, nodata, .*, wrong-id, slow; there is no 'denied'/);
  expect(complaint('dns=slow')).toContain('slow:500');
});
