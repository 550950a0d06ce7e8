// Tooltips whose text came from outside: never read as rich text, wrapped where long.
#pragma once

#include <QString>

namespace app {

inline QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

} // namespace app
