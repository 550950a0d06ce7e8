#include "app/profiles/formfield.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/noteline.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace app {

FormField::FormField(const QString &name, Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_hint(new QLabel)
    , m_note(new NoteLine)
{
    auto *label = new QLabel(name);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_edit);
    m_edit->setAccessibleName(name);
    if (kind == Kind::Secret) {
        m_edit->setEchoMode(QLineEdit::Password);
        m_edit->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    }
    setTextStyle(*m_hint, TextStyle::Hint);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(label);
    layout->addWidget(m_edit);
    layout->addWidget(m_hint);
    layout->addWidget(m_note);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &FormField::changed);
    connect(m_edit, &QLineEdit::returnPressed, this, &FormField::entered);
}

QString FormField::text() const
{
    return m_edit->text();
}

void FormField::setText(const QString &text)
{
    m_edit->setText(text);
}

void FormField::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void FormField::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void FormField::complain(const QString &what)
{
    m_note->say(what.isEmpty() ? QStringList() : QStringList(what));
    m_edit->setAccessibleDescription(what);
}

void FormField::forget()
{
    m_edit->setText({}); // unlike clear(), it leaves nothing to undo
}

} // namespace app
