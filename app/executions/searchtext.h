// The text of the search box and what it asks for:
//
//   type:agent*  type:a,b     the workflow's name; * stands for anything in a single name
//   status:failed,timed_out   any of these
//   id:…  correlation:…       exactly this
//   since:1h  since:2d  since:yesterday  since:2026-11-20  since:09:30   started after; before: the other bound
//   ended:1d                  ended after
//   words                     anywhere in names, ids, input, output and reason, in this order; "in quotes" with their blanks
#pragma once

#include "conductor/model/searchquery.h"

namespace app {

struct SearchText {
    conductor::ExecutionQuery query;
    QStringList complaints; // what was not understood, as sentences

    bool operator==(const SearchText &) const = default;
};

SearchText readSearch(const QString &text, const QDateTime &now);

// The text with its status: replaced; none when statuses is empty. The rest stays as it was typed.
QString withStatuses(const QString &text, const QStringList &statuses);

// A term as the box takes it, quoted where it needs to be: type:"two words".
QString searchTerm(const QString &key, const QString &value);

} // namespace app
