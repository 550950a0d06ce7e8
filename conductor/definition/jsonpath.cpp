#include "conductor/definition/jsonpath.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {

QString member(const QString &path, QStringView key)
{
    const bool isPlain = !key.isEmpty() && std::all_of(key.begin(), key.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; });
    if (isPlain)
        return path.isEmpty() ? key.toString() : QString(path + u'.' + key);
    QString quoted = key.toString();
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return path + u"[\"" + quoted + u"\"]";
}

QString element(const QString &path, qsizetype index) { return u"%1[%2]"_s.arg(path).arg(index); }

} // namespace conductor
