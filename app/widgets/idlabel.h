// An id, cut in its middle, with a button that copies the whole of it.
#pragma once

#include <QWidget>

namespace app {

class ElidedLabel;
class IconButton;

class IdLabel : public QWidget
{
    Q_OBJECT

public:
    // what: whose id it is, as in "Copy WHAT" — "the execution id".
    explicit IdLabel(const QString &what, QWidget *parent = nullptr);

    void setId(const QString &id);
    const QString &id() const;

Q_SIGNALS:
    void copied(const QString &id);

private:
    QString m_id;
    ElidedLabel *m_text;
    IconButton *m_copy;
};

} // namespace app
