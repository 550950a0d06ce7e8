// Text of others to read and copy: fixed width, read only, made harmless, endless lines broken with a ↩, capped with the whole
// on request.
#pragma once

#include "conductor/base/result.h"

#include <QPlainTextEdit>

namespace app {

class PlainTextPane : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr qsizetype defaultCap = 64 * 1024;

    explicit PlainTextPane(const QString &accessibleName, QWidget *parent = nullptr);

    void show(const QString &text, qsizetype cap = defaultCap);
    using QWidget::show;
    void showWhole(); // of what was capped
    bool isCapped() const { return m_capped; }
    const QString &whole() const { return m_whole; }

private:
    QString m_whole;
    bool m_capped = false;
};

// Kind, HTTP status and message of an error, for folded details.
QString errorFacts(const conductor::Error &error);

} // namespace app
