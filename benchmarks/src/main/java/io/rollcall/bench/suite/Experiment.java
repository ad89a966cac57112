package io.rollcall.bench.suite;

import io.rollcall.bench.report.Report;
import java.io.IOException;

/** One or a few figures that are measured together. */
interface Experiment {

    /** Measures, and adds its lines. */
    void run(TestBed bed, Report report) throws IOException;
}
