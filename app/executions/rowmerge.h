// Puts a page of search results into the rows known so far. A page is the whole truth about its span of time: rows that should
// be in it and are not no longer match.
#pragma once

#include "conductor/model/summary.h"

#include <vector>

namespace app {

enum class Span { FromNewest = 1, ToOldest = 2, Whole = 3, Middle = 0 }; // which ends of all results the page holds

// Newest first, as rows and page are.
std::vector<conductor::ExecutionSummary> merged(std::vector<conductor::ExecutionSummary> rows, const std::vector<conductor::ExecutionSummary> &page, Span span);

} // namespace app
