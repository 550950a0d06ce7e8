#include "app/widgets/pageheader.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/searchfield.h"

#include <QHBoxLayout>
#include <QLabel>

namespace app {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title))
    , m_hint(new ElidedLabel(TextStyle::Hint))
    , m_middle(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    setTextStyle(*m_title, TextStyle::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_hint->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_hint->setContentsMargins(0, 5, 0, 0);
    m_right->setSpacing(Metrics::rowGap);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin - 4, 0);
    layout->setSpacing(Metrics::rowGap + Metrics::unit);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    layout->addLayout(m_middle, 100);
    layout->addLayout(m_right);
    setFixedHeight(Metrics::header);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setHint(const QString &hint)
{
    m_hint->setText(hint);
}

void PageHeader::setSearch(SearchField *field)
{
    field->setMinimumWidth(240);
    field->setMaximumWidth(Metrics::formWidth);
    m_middle->addWidget(field);
}

void PageHeader::addButton(QWidget *button)
{
    m_right->addWidget(button);
}

QPushButton *PageHeader::setPrimary(const QString &text)
{
    QPushButton *primary = button(text, ButtonKind::Primary);
    m_right->addWidget(primary);
    return primary;
}

} // namespace app
