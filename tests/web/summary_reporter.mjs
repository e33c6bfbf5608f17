// Quiet when all is well: one line with the counts. Failures are told in full.
export default class SummaryReporter {
  onTestResult(_test, { failureMessage }) {
    if (failureMessage) process.stderr.write(`${failureMessage}\n`);
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, ...results }) {
    const { numTotalTestSuites: files, numRuntimeErrorTestSuites: broken } = results;
    const parts = [`${numPassedTests} passed`, `${numFailedTests} failed`];
    if (numPendingTests) parts.push(`${numPendingTests} skipped`);
    if (broken) parts.push(`${broken} files could not be run`);
    process.stdout.write(`Jest: ${parts.join(", ")}, in ${files} files\n`);
  }
}
