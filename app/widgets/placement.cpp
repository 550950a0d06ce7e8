#include "app/widgets/placement.h"

#include "app/look/metrics.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/messagebar.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

QWidget *underTitle(QWidget *table)
{
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, 0, 0);
    layout->addWidget(table);
    return place;
}

QVBoxLayout *withinMargins(QWidget *widget)
{
    auto *row = new QVBoxLayout;
    row->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, 0);
    row->addWidget(widget);
    return row;
}

QVBoxLayout *reviewHead(QLabel *title, QLabel *sentence, MessageBar *message)
{
    auto *words = new QVBoxLayout;
    words->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::rowGap);
    words->setSpacing(Metrics::unit);
    words->addWidget(title);
    words->addWidget(sentence);
    words->addWidget(message);
    return words;
}

} // namespace app
