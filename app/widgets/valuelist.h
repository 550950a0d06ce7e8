// Names and values of one thing, a line each: quiet names at the left, values to read and copy at the right.
#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;

namespace app {

struct NamedValue {
    enum class Kind { Text, Id, Mono };

    QString name;
    QString value;
    Kind kind = Kind::Text;
    QString toolTip = {}; // the exact time behind a relative one

    bool operator==(const NamedValue &) const = default;
};

class ValueList : public QWidget
{
    Q_OBJECT

public:
    explicit ValueList(QWidget *parent = nullptr);

    // Lines whose name and kind are as before are changed in place, so that a selection in them stays.
    void show(const std::vector<NamedValue> &values);
    using QWidget::show;

private:
    void build(const std::vector<NamedValue> &values);
    void fill(int line, const NamedValue &value);

    QGridLayout *m_grid;
    std::vector<NamedValue> m_values;
    std::vector<QWidget *> m_shown;
};

} // namespace app
