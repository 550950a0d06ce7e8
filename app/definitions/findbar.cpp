#include "app/definitions/findbar.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace app {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit)
    , m_count(new QLabel)
{
    auto *previous = new IconButton(u"chevron-up", tr("Previous match (Shift+Enter)"));
    auto *next = new IconButton(u"chevron-down", tr("Next match (Enter)"));
    auto *closing = new IconButton(u"x", tr("Close the search (Esc)"));
    m_field->setAccessibleName(tr("Find in the text"));
    m_field->setPlaceholderText(tr("Find"));
    m_field->setMaxLength(500);
    setTextStyle(*m_count, TextStyle::Hint);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::rowGap, Metrics::unit, Metrics::rowGap, Metrics::unit);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_count);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(closing);
    hide();

    auto *back = new QAction(this);
    back->setShortcuts({QKeySequence(Qt::SHIFT | Qt::Key_Return), QKeySequence(Qt::SHIFT | Qt::Key_Enter)});
    back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(back);
    connect(back, &QAction::triggered, this, [this] { Q_EMIT sought(text(), Way::Previous); });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) { Q_EMIT sought(text, Way::Here); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] { Q_EMIT sought(text(), Way::Next); });
    connect(next, &QToolButton::clicked, this, [this] { Q_EMIT sought(text(), Way::Next); });
    connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT sought(text(), Way::Previous); });
    connect(closing, &QToolButton::clicked, this, &FindBar::close);
}

void FindBar::open(const QString &text)
{
    show();
    if (!text.isEmpty())
        m_field->setText(text);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::close()
{
    hide();
    Q_EMIT closed();
}

QString FindBar::text() const
{
    return m_field->text();
}

void FindBar::tell(int found)
{
    m_count->setText(text().isEmpty() ? QString() : found == 0 ? tr("Nothing found") : tr("%n found", nullptr, found));
}

} // namespace app
