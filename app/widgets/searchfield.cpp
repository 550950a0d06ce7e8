#include "app/widgets/searchfield.h"

#include "app/look/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QTimer>

namespace app {
namespace {

constexpr std::chrono::milliseconds typingPause{250};

} // namespace

SearchField::SearchField(const QString &accessibleName, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_pause(new QTimer(this))
{
    setAccessibleName(accessibleName);
    setPlaceholderText(placeholder);
    addAction(icon(u"search", QPalette::PlaceholderText), LeadingPosition);
    setClearButtonEnabled(true);
    setMaxLength(2000);

    m_pause->setSingleShot(true);
    m_pause->setInterval(typingPause);
    connect(m_pause, &QTimer::timeout, this, &SearchField::tell);
    connect(this, &QLineEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
}

void SearchField::setQuietly(const QString &text)
{
    setText(text);
    m_pause->stop();
    m_told = text;
}

// With text in it Esc is ours; empty, it is the window's.
bool SearchField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && !text().isEmpty()) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        tell();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        tell();
        Q_EMIT entered(text());
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::tell()
{
    m_pause->stop();
    if (m_told == text())
        return;
    m_told = text();
    Q_EMIT searched(m_told);
}

} // namespace app
